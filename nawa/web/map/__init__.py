"""The talent map: nine boxes, lists, scatter."""
