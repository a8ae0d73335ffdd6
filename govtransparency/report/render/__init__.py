"""The formats of the report: HTML, PDF, Excel, SVG and the what-if page."""
