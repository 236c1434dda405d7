"""Handouts: YAML content -> branded, accessible PDF.

The stages, each a folder of `engine/`, in the order in which data runs through them:

    read     YAML text -> checked content, every value knowing its file, line and column
    merge    content + template -> blocks: the document as frozen dataclasses, with nothing of PDF in it
    figures  pose -> skeleton -> drawing, as operators that draw places
    draw     blocks -> flowables -> pages -> tagged PDF
    check    findings about content that can be printed, but should be better
    deliver  PDFs -> people
"""
