"""Application documents (申请文书): the filled form, commitment letter and material check list as PDF and DOCX."""
