"""The reader of the manual's blocks: it finds them, and sees a difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.manual_blocks import FencedBlock, agrees, blocks_of, examples_of, run

PAGE = """\
Words.

```sh
echo one
```

```text
one
```

<!-- not run: needs an interface -->

```sh
false
```

```python
print(2)
```

```ini
[section]
```
"""


def test_blocks() -> None:
    found = [(block.language, block.line, block.left_out) for block in blocks_of(PAGE)]
    assert found == [
        ("sh", 3, False),
        ("text", 7, False),
        ("sh", 13, True),
        ("python", 17, False),
        ("ini", 21, False),
    ]


def test_examples_and_their_output() -> None:
    assert [(one.block.text, one.output) for one in examples_of(PAGE)] == [
        ("echo one\n", "one\n"),
        ("print(2)\n", None),
    ]


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a  \n\n", True),
        ("a\nb\n", "a\n\nb\n", False),
        ("a\nb\n", "a\nc\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\n", "a\n", True),
        ("a\n…\nd\n", "a\nb\nc\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_agreement(shown: str, printed: str, same: bool) -> None:
    assert agrees(shown, printed) is same


def test_blocks_are_run_and_their_failure_is_seen(tmp_path: Path) -> None:
    assert run(FencedBlock("sh", "echo out; echo err >&2; pwd\n", 1, False), tmp_path, tmp_path) == (
        0,
        f"out\nerr\n{tmp_path}\n",
    )
    assert run(FencedBlock("sh", "false\ntrue\n", 1, False), tmp_path, tmp_path)[0] == 1
    assert run(FencedBlock("sh", "false | true\n", 1, False), tmp_path, tmp_path)[0] == 1
    assert run(FencedBlock("python", "print(1 + 1)\n", 1, False), tmp_path, tmp_path) == (0, "2\n")
