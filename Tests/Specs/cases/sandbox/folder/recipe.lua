require "...keep"
