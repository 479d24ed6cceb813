"""Programmes, stories and the exercises of treatment between visits. Content is data that clinicians own."""
