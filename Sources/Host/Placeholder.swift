// The skeleton's placeholder: the module's first real file replaces it.
