/// Process templates as their files hold them, packed by zlib.
enum TemplateFixtures {
    /// A root with a field to set, an approval by users 1 and 2, a branch, and a request for a phone number.
    static let approval = """
        eNqllV2OmzAQx+/iEwTy0dZ5qLyElZAIiQhJ1SeEgrOxSoAaJ9UqykOP0husWlWqVLVnoDfqjJfssg1Bqsi82JNh5v8bxiai\
        I3os6CtKVra/cGYeGQtqjgv6mpLAns5dFthkHFGDHgXtwUKHD+DP+5wTiDNHlCz4xz1PlYiSd5n8sEmyT2ytxEGoe4yAYC/a\
        6WBMynd5Eim9fUOJDoRtjHuDkvfnJ7IYQjx09iiZyyznUgleoBYTJQwhlVDJowZ4oPxS/i6/lT/Lhz+fYfW1fCh/lT/K7+Sc\
        gsudKAqRpZiiR4+nk9ZjbUUSS669g2uQhoZUt4In8XU0ZoTaOqAZWBjdutQqSvb8yQ0pF7Olb9mhM6lSWcx1ybiBRPMJajSx\
        QOdYnsvswFtQzFBb17dUywotZHeS87e4AQ3LgstzIHZdR+zBiQ1E6c8Os43RbGKEtbOxk6INsR9q64CICi5kXT8pvbOoGxml\
        622LtEGorfMg9SlRcs/XWRoLpUdfJ4AG/4dubKbPD4K3nGo2DLV1VVyfC6NhLq6NAf4E7V+5n3y8nwrlpJtM7iJsRAvJKNTW\
        gaR/OfnzbZZeTn4j4eOgVJJ5XBP94i0N/ikCeXMsUq2f7sZhVbzSfW4LVCyUFOldhY31hKxjnlp6XVEzn03tAL4bz4cBWrZi\
        vsNuXPul15p5i4B5Qc2LN9FkZi2ntheEt47tThb1QQicwLWbbpI6XjMSSPwL3Dcipg==
        """

    /// The same without DOCUMENT_FIELDS, packed less tightly.
    static let bare = """
        eJylVW2OmzAQvYtPEMhHW+dH5U2phJQlEWFT9RdCwdlYJUBtJ9Uqyo8epTdYtapUqeqegb1RZ7yQzTaAVJH5Y0+GN+89xiai\
        Q3pQ9BUlS8dfuDOPjAW1x4q+piRwrudTFjhkHFGLHgTtwWKE5QP48y7nBOrsESUL/nnHUy2i5EMmP62T7AtbabEX+g4roNiL\
        tqYYQfk2TyJttm8oMYWwjXFvUfKxeiKLocTDZI+SucxyLrXgCrnYSGEIUEInTxzggeJb8VD8KH4X949fYfW9uC/+FL+Kn6SC\
        4HIrlBJZihA9ejgeDZ/JRiSx5CY7aBJpGZH6veBJ3CyNWaGJDtIsbIxp02oZJTt+SgPkYnbjT5zQfVdCTdh0SsY1Sow+Qa06\
        LeAcy3OZ7XmLFDs00fUtnaGChexWcv4WN8DhRnFZFaLrpmIHSTQQqT8n7DaNdp1GWLtrJ1FtEvuhiQ4SkcEFreaT0qtIXcko\
        XW1aqA1CE50HqU+Jlju+ytJYaDP6BgAM/g/eaKbP94K3nGo2DE10ZXw+F1bNXDSNAf4E7TfcTz7eT0q76TqT2wiNaFEyCk10\
        UNK/nPz5JksvJ79W4dOglJR5fEb6xVsa/NMEcHNsUq5Pd+OwbF7yrmyBjkpLkd6WsrGfkOcyjy1el6qZz66dAL4bz4cBLFsy\
        32VXU+dldjLzFgHzglP2+Bdk0Acj
        """

    /// With the permissions of lists, which breaks in the CRM.
    static let ofLists = """
        eNpFjk0OgjAQRu8yJwBiUIcVURYmikSIxmUjNU4sFNuqIaR3tyUYdvO9efPDMMJB4xLhnJ3K3TGHhDBKNK4QquxQ7NMqg4Rh\
        iANh4IrY6wvX7DsOzotihJK/3rw1xMRFquddyG96M/Qh03vDyTlrRtkv5U0nmBnjGmEUXax9DhGu/wlZOyX3MEAolOy4MsT1\
        9MuEuWpIa5LtjBG2PgQ4WGvHi5sHiVrxdsb2B0aHTOc=
        """

    /// Two roots.
    static let twoRoots = """
        eNq1zk0OgjAQBeC7zAmA+DusiGFhokCEaFw2MobGQrFUDSG9u20TTmDc9c18nTyGEU4DrhHO6anc5xnEHKN4wA1ClR6LQ1Kl\
        EDOnOAb2sXJ8YZdjT2BdtEIo6fmiTnMmLlI97kJ+kpvmb65HJyzOWOuxO0ptL5j2cYvgoY21yyHCdf4ha0syNwwQCiV7UprT\
        4LoEOBl/a9dwUSvq5qHhGP5acYmQ64bUX/oZ8wVwTHQ6
        """

    /// Serialized, but not packed.
    static let unpacked = """
        YToyOntzOjc6IlZFUlNJT04iO2k6MjtzOjg6IlRFTVBMQVRFIjthOjE6e2k6MDthOjY6e3M6NDoiVHlwZSI7czoyNjoiU2Vx\
        dWVudGlhbFdvcmtmbG93QWN0aXZpdHkiO3M6NDoiTmFtZSI7czo4OiJUZW1wbGF0ZSI7czo5OiJBY3RpdmF0ZWQiO3M6MToi\
        WSI7czo0OiJOb2RlIjtOO3M6MTA6IlByb3BlcnRpZXMiO2E6Mjp7czo1OiJUaXRsZSI7czoyNDoi0KHQvtCz0LvQsNGB0L7Q\
        stCw0L3QuNC1IjtzOjEwOiJQZXJtaXNzaW9uIjthOjA6e319czo4OiJDaGlsZHJlbiI7YTo0OntpOjA7YTo2OntzOjQ6IlR5\
        cGUiO3M6MTY6IlNldEZpZWxkQWN0aXZpdHkiO3M6NDoiTmFtZSI7czo4OiJBMV8xXzFfMSI7czo5OiJBY3RpdmF0ZWQiO3M6\
        MToiWSI7czo0OiJOb2RlIjtOO3M6MTA6IlByb3BlcnRpZXMiO2E6MTp7czoxMDoiRmllbGRWYWx1ZSI7YToxOntzOjk6IlNP\
        VVJDRV9JRCI7czo0OiJDQUxMIjt9fXM6ODoiQ2hpbGRyZW4iO2E6MDp7fX1pOjE7YTo2OntzOjQ6IlR5cGUiO3M6MTU6IkFw\
        cHJvdmVBY3Rpdml0eSI7czo0OiJOYW1lIjtzOjg6IkEyXzJfMl8yIjtzOjk6IkFjdGl2YXRlZCI7czoxOiJZIjtzOjQ6Ik5v\
        ZGUiO047czoxMDoiUHJvcGVydGllcyI7YToyOntzOjQ6Ik5hbWUiO3M6NjoiQWdyZWU/IjtzOjU6IlVzZXJzIjthOjI6e2k6\
        MDtzOjY6InVzZXJfMSI7aToxO3M6NjoidXNlcl8yIjt9fXM6ODoiQ2hpbGRyZW4iO2E6MDp7fX1pOjI7YTo2OntzOjQ6IlR5\
        cGUiO3M6MTQ6IklmRWxzZUFjdGl2aXR5IjtzOjQ6Ik5hbWUiO3M6ODoiQTNfM18zXzMiO3M6OToiQWN0aXZhdGVkIjtzOjE6\
        IlkiO3M6NDoiTm9kZSI7TjtzOjEwOiJQcm9wZXJ0aWVzIjthOjA6e31zOjg6IkNoaWxkcmVuIjthOjE6e2k6MDthOjY6e3M6\
        NDoiVHlwZSI7czoyMDoiSWZFbHNlQnJhbmNoQWN0aXZpdHkiO3M6NDoiTmFtZSI7czo4OiJBNF80XzRfNCI7czo5OiJBY3Rp\
        dmF0ZWQiO3M6MToiWSI7czo0OiJOb2RlIjtOO3M6MTA6IlByb3BlcnRpZXMiO2E6MTp7czoxMzoidHJ1ZWNvbmRpdGlvbiI7\
        czoxOiIxIjt9czo4OiJDaGlsZHJlbiI7YToxOntpOjA7YTo2OntzOjQ6IlR5cGUiO3M6MTQ6IlJldmlld0FjdGl2aXR5Ijtz\
        OjQ6Ik5hbWUiO3M6ODoiQTVfNV81XzUiO3M6OToiQWN0aXZhdGVkIjtzOjE6IlkiO3M6NDoiTm9kZSI7TjtzOjEwOiJQcm9w\
        ZXJ0aWVzIjthOjE6e3M6NToiVXNlcnMiO2E6MTp7aTowO3M6NjoidXNlcl8xIjt9fXM6ODoiQ2hpbGRyZW4iO2E6MDp7fX19\
        fX19aTozO2E6Njp7czo0OiJUeXBlIjtzOjI2OiJSZXF1ZXN0SW5mb3JtYXRpb25BY3Rpdml0eSI7czo0OiJOYW1lIjtzOjg6\
        IkE2XzZfNl82IjtzOjk6IkFjdGl2YXRlZCI7czoxOiJZIjtzOjQ6Ik5vZGUiO047czoxMDoiUHJvcGVydGllcyI7YTozOntz\
        OjQ6Ik5hbWUiO3M6NjoiUGhvbmU/IjtzOjU6IlVzZXJzIjthOjE6e2k6MDtzOjY6InVzZXJfMSI7fXM6MjA6IlJlcXVlc3Rl\
        ZEluZm9ybWF0aW9uIjthOjE6e2k6MDthOjQ6e3M6NDoiTmFtZSI7czo1OiJwaG9uZSI7czo1OiJUaXRsZSI7czo1OiJQaG9u\
        ZSI7czo0OiJUeXBlIjtzOjY6InN0cmluZyI7czo4OiJSZXF1aXJlZCI7czoxOiJZIjt9fX1zOjg6IkNoaWxkcmVuIjthOjA6\
        e319fX19fQ==
        """
}
