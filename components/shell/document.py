"""The HTML document around the app: German, no external address, theme before the first paint."""

from html import escape

LANGUAGE = "de"
LOADING = "Wird geladen …"


def index_string(theme_script: str, icon: str) -> str:
    """Return the template of the document; Dash fills the marks in {% %}."""
    return f"""<!DOCTYPE html>
<html lang="{LANGUAGE}">
  <head>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <meta name="color-scheme" content="light dark">
    {{%metas%}}
    <title>{{%title%}}</title>
    <link rel="icon" type="image/svg+xml" href="{escape(icon)}">
    <script src="{escape(theme_script)}"></script>
    {{%css%}}
  </head>
  <body>
    <noscript>
      <p>Dieses Cockpit braucht JavaScript. Amtliche Wasserstände und Warnungen ohne Skripte:
      hochwasser.rlp.de, Warn-App NINA, Rundfunk.</p>
    </noscript>
    {{%app_entry%}}
    <div>
      {{%config%}}
      {{%scripts%}}
      {{%renderer%}}
    </div>
  </body>
</html>"""


def app_entry() -> str:
    """Return the place of the app with a German word while it loads."""
    return (
        '<div id="react-entry-point"><div class="_dash-loading" role="status">'
        f"{LOADING}</div></div>"
    )
