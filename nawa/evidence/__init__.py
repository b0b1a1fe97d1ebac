"""What is known of how people work and what they can: ratings, assessments, feedback, awards, training, discipline."""
