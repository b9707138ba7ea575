"""Public benchmark families: their files read into the common Problem, results written in their own format."""
