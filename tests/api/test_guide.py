"""docs/api.md: its commands are sent by curl to a real server, its lines of Python verify what comes back."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from calling import let_in
from cast import NOW
from receivers import listening
from scenes import Scene

from lachan.api.delivering import deliver
from lachan.api.spreading import spread

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
COMMANDS = re.findall(r"^curl (?:.*\\\n)*.*$", GUIDE, re.MULTILINE)


def run(command: str, folder: Path, **named: object) -> Any:
    """What the command of the guide prints, as JSON."""
    env = {name: str(value) for name, value in named.items()} | {"PATH": "/usr/bin:/bin", "no_proxy": "*"}
    done = subprocess.run(["bash", "-ec", command], env=env, cwd=folder, capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.django_db(transaction=True)
def test_every_command_of_the_guide_does_what_it_says(
    scene: Scene, live_server: Any, tmp_path: Path, settings: Any
) -> None:

    settings.WEBHOOKS_INSIDE = True
    system = let_in(scene.cast.commune, scene.head, submits=True)
    told = {"SITE": live_server.url, "TOKEN": system.secret, "KEY": "key-of-the-guide"}
    told["OBLIGATION"] = str(scene.owed(scene.cast.commune).pk)
    code = scene.number.code
    row = {"campaign": scene.campaign.pk, "unit": "99101", "answers": {code: 13}}
    (tmp_path / "rows.ndjson").write_text(json.dumps(row) + "\n")
    token, owed, form, submit, batch, hook, hooks, end = (
        command.replace('{"1": 12}', json.dumps({code: 12})) for command in COMMANDS
    )
    assert run(token, tmp_path, **told)["unit"]["code"] == "99101"
    assert [one["id"] for one in run(owed, tmp_path, **told)["items"]] == [int(told["OBLIGATION"])]
    assert code in [one["code"] for one in run(form, tmp_path, **told)["questions"]]
    with listening() as receiver:
        hook = hook.replace("https://example.org/hook", receiver.url).replace("return.approved", "return.submitted")
        made = run(hook, tmp_path, **told)
        assert run(submit, tmp_path, **told) == run(submit, tmp_path, **told)
        assert run(batch, tmp_path, **told)["kept"] == 1
        spread(now=NOW)
        deliver(now=NOW)
    names: dict[str, Any] = {}
    exec(PYTHON[0], names)  # noqa: S102 - the lines of our own guide
    assert len(receiver.got) == 2
    for headers, body in receiver.got:
        assert names["is_ours"](made["secret"], headers, body.encode(), NOW.timestamp())
        assert not names["is_ours"](made["secret"], headers, body.encode() + b" ", NOW.timestamp())
        assert not names["is_ours"](made["secret"], headers, body.encode(), NOW.timestamp() + 3600)
    [listed] = run(hooks, tmp_path, **told)["items"]
    assert run(end, tmp_path, **told, WEBHOOK=listed["id"])["state"] == "ended"
