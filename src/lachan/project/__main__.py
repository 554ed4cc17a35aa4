"""`python -m lachan.project` is the `lachan` command; where the engine was installed alone, it says what the command needs."""

import sys

try:
    from lachan.project.cli import main
except ModuleNotFoundError as missing:
    sys.exit(f"Lệnh lachan cần gói {missing.name}: pip install {missing.name}, hoặc cài đủ bằng pip install lachan.")

if __name__ == "__main__":
    main()
