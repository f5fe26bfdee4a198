"""PDF files: a reader in a process of its own, the layout of pages, and the flow of text through them."""
