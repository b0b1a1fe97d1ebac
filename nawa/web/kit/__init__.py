"""What every area of pages stands on: headers, front-end files, the log, template pieces."""
