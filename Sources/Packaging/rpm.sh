# shellcheck shell=bash disable=SC2154
# Read by `build`: makes the RPM packages of $tree and $debug.

command -v rpmbuild >/dev/null || fail 69 "rpmbuild isn't here: apt-get install rpm"
dated "$tree"
dated "$debug"
rpmbuild -bb --quiet --target x86_64 \
    -D "_topdir $work/rpm" -D "_rpmdir $output" -D "_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm" \
    -D "_buildhost localhost" -D "_binary_payload w19.zstdio" \
    -D "use_source_date_epoch_as_buildtime 1" -D "clamp_mtime_to_source_date_epoch 1" \
    -D "source_date_epoch_from_changelog 0" -D "_dbpath $work/rpmdb" \
    -D "version $version" -D "tree $tree" -D "debug $debug" -D "loaded $(loaded | tr '\n' ' ')" \
    -D "packager $maintainer" -D "day $(date -d "@$SOURCE_DATE_EPOCH" '+%a %b %d %Y')" \
    "$here/kmemcheck.spec"
