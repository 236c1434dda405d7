"""From a PDF to paper: which printers there are, what they are told, pages put on sheets, and the sending."""
