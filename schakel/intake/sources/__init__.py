"""Places that are looked at for deliveries: a folder on disk or in an S3-compatible bucket.

A source has a folder a year ("2023/"), with the files of that year's delivery. It is taken in when it has been quiet
for a while, and again when something in it changes; what is in it is never altered or removed.
"""
