"""The peer of `bench/upload.py`: what Django itself does with an upload, a form with a FileField on a model."""
