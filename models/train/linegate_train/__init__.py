"""Makes a Linegate model package from a folder of images and a CSV of labels."""
