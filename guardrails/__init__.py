"""Every output passes here: the only maker of Approved."""
