error("the kettle is empty")
