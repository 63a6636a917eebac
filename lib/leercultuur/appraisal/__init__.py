"""What the numbers are worth: other explanations, who did not answer, how well it was measured."""
