"""The screens of the workflow in Wagtail's admin. They show what the rules say; commands ask them again."""
