return { greeting = "Good day" }
