"""An open benchmark: labelled hosts of public captures, tools that name them, and their scores."""
