"""SIMATA: our sheet for the national application, and theirs beside ours."""
