"""One user story each; sees the domain and Protocols, no HTTP and no Dataverse."""
