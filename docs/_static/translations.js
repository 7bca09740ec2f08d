// In place of Sphinx's own for British English, whose empty texts break the search: without a translation its texts are English.
Documentation.addTranslations({ "locale": "en_GB", "messages": {}, "plural_expr": "(n != 1)" });
