"""The only HTTP code: one package per area of pages, all standing on the kit."""
