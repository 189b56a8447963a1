require "broken"
