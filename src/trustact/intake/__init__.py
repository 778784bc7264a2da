"""Reading the forms: untrusted bytes become pages, pages become forms, forms become readings to confirm."""
