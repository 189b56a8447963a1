local words = require "words"
print(words.greeting .. ", world")
