"""The desk: the web pages at which officers, supervisors and counsel work. It calls the verbs of casework."""
