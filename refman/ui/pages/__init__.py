"""What stands in the place of the list when there is no list to show."""
