"""What the pages about letter templates get."""

from tillit.care.letters.contexts.comparing import ComparePage, compare_page
from tillit.care.letters.contexts.listing import TemplatesPage, templates_page
from tillit.care.letters.contexts.slugs import KINDS, SLUGS
from tillit.care.letters.contexts.writing import Preview, TemplatePage, preview, sample_letter, template_page

__all__ = [
    "KINDS",
    "SLUGS",
    "ComparePage",
    "Preview",
    "TemplatePage",
    "TemplatesPage",
    "compare_page",
    "preview",
    "sample_letter",
    "template_page",
    "templates_page",
]
