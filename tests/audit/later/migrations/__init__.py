"""The audit app's migrations and one more, which changes both tables as some later release may."""
