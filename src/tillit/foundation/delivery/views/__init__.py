"""What the addresses of delivery answer: scripts on phones, and pages for humans."""
