import counted
_old = counted.Counted.click
def click(self, what):
    try: _old(self, what)
    except Exception:
        self.page.screenshot(path="/tmp/od.png", full_page=True); print("URL", self.page.url); raise
counted.Counted.click = click
