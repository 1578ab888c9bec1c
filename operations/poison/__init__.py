"""What ended in the poison queues: listed, and put back on the queues it was meant for."""
