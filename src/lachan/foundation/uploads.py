"""How much a person may send us in one file."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

LARGEST_FILE = 25 * 10**6  # bytes


class LimitedUpload(FileUploadHandler):
    """First of the upload handlers: passes over a file larger than LARGEST_FILE without keeping a byte of it.

    The file is then missing from `request.FILES`; `request.too_large` tells the form why.
    """

    chunk_size = 2**16

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:  # noqa: N803
        """Files announced as larger than all we take are not even begun."""
        self.announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.length = 0
        if self.announced > 2 * LARGEST_FILE:
            self._pass_over()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.length += len(raw_data)
        if self.length > LARGEST_FILE:
            self._pass_over()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _pass_over(self) -> None:
        if self.request is not None:
            self.request.too_large = True  # type: ignore[attr-defined]
        raise SkipFile
