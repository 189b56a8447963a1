b24.user.current {}
