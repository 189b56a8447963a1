b24.profile {}
