"""Files of data in: indicator tables and the marks of assessors."""
