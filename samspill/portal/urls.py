help_centre = ([], "portal")
front = ([], "front")
