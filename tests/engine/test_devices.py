"""What a browser says of itself."""

import pytest

from lachan.engine.devices import Device, device_of

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (WINDOWS, Device("Chrome", "Windows")),
        (WINDOWS + " Edg/126.0.0.0", Device("Edge", "Windows")),
        (WINDOWS.replace("Chrome", "coc_coc_browser/126 Chrome"), Device("Cốc Cốc", "Windows")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
            Device("Safari", "iPhone"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 Chrome/99 Mobile Safari/537.36 Zalo android/24",
            Device("Zalo", "Android"),
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", Device("Firefox", "Linux")),
        ("", Device("", "")),
    ],
)
def test_the_browser_and_the_system(said: str, device: Device) -> None:
    assert device_of(said) == device
