"""What no public source says about Dataverse, asked of an environment, with what follows."""
