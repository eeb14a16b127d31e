"""What `Project` and `Dashboard` can do: their methods by subject, as mixins."""
