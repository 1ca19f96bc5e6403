# SPDX-License-Identifier: Apache-2.0
"""Which registers lie on another computer's drive."""

from pathlib import Path, PurePosixPath

import pytest

from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.files import network_drives

MOUNTS = """\
22 1 0:20 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/Bureau\\040du\\040chef rw shared:9 - cifs //serveur/bureau rw
41 22 0:36 / /home rw - nfs4 serveur:/home rw
42 41 0:37 / /home/anna/local rw - ext4 /dev/sdb1 rw
43 22 0:38 / /media/key rw - ext4 /dev/sdc1 rw
44 22 0:39 / /media/key rw - fuse.sshfs anna@serveur: rw
45 22 not a whole line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", "ext4"),
        ("/srv/imp", "ext4"),
        ("/mnt/Bureau du chef", "cifs"),
        ("/mnt/Bureau du chef/imp/2024", "cifs"),
        ("/mnt/Bureau", "ext4"),
        ("/home/anna", "nfs4"),
        ("/home/anna/local/imp", "ext4"),
        ("/media/key", "fuse.sshfs"),
    ],
)
def test_a_folder_is_of_the_file_system_that_is_mounted_nearest(folder: str, kind: str) -> None:
    assert network_drives.mounted_from(PurePosixPath(folder), MOUNTS) == kind


@pytest.mark.parametrize(
    ("path", "is_share"),
    [
        (r"\\serveur\bureau\registre.imp", True),
        (r"\\?\UNC\serveur\bureau\registre.imp", True),
        (r"C:\Users\Anna\registre.imp", False),
        (r"\\?\C:\Users\Anna\registre.imp", False),
        (r"registre.imp", False),
    ],
)
def test_a_path_that_begins_with_a_computers_name_is_a_share(path: str, is_share: bool) -> None:
    assert network_drives.is_share(path) is is_share


def test_a_register_on_this_computer_is_told_to_be_here(office: Office) -> None:
    assert not maintenance.is_on_network(office)


def test_a_folder_that_is_away_is_nowhere(tmp_path: Path) -> None:
    assert not network_drives.is_remote(tmp_path / "away" / "registre.imp")
