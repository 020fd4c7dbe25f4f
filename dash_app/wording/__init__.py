"""The words of the pages in Chinese and English, one file a page."""
