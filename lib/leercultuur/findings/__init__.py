"""What may be said: sentences that follow from results, and how they were reached."""
