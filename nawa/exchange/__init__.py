"""The way in and out: a workbook into the database, all or nothing, and back out as the same tables."""
