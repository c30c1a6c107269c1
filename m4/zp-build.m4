# ZP_OPTIONAL(NAME, MODULES): look for libraries we can live without; defines HAVE_NAME for Automake.
AC_DEFUN([ZP_OPTIONAL], [
  PKG_CHECK_MODULES([$1], [$2], [have_$1=yes], [have_$1=no])
  AM_CONDITIONAL([HAVE_$1], [test $have_$1 = yes])
])
# ZP_WARNINGS: the warnings every file is compiled with; --enable-werror stops on them.
# Floating point must come out the same everywhere: no contraction, no fast math.
AC_DEFUN([ZP_WARNINGS], [
  ZP_CFLAGS="-std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
-Wmissing-prototypes -Wwrite-strings -Wpointer-arith -Wvla -Wformat=2 -Wconversion \
-ffp-contract=off -fno-fast-math -fvisibility=hidden -pthread"
  AC_ARG_ENABLE([werror], [AS_HELP_STRING([--enable-werror], [stop on warnings])])
  AS_IF([test "x$enable_werror" = xyes], [ZP_CFLAGS="$ZP_CFLAGS -Werror"])
  AC_SUBST([ZP_CFLAGS])
])
# ZP_SANITIZE: --enable-sanitize[=address,undefined]
AC_DEFUN([ZP_SANITIZE], [
  AC_ARG_ENABLE([sanitize],
    [AS_HELP_STRING([--enable-sanitize@<:@=LIST@:>@], [address,undefined unless LIST says other])],
    [zp_sanitize=$enableval], [zp_sanitize=no])
  AS_IF([test "$zp_sanitize" = yes], [zp_sanitize=address,undefined])
  AS_IF([test "$zp_sanitize" != no],
    [ZP_CFLAGS="$ZP_CFLAGS -fsanitize=$zp_sanitize -fno-omit-frame-pointer -fno-sanitize-recover=all"
     ZP_LDFLAGS="$ZP_LDFLAGS -fsanitize=$zp_sanitize"])
  AM_CONDITIONAL([SANITIZE], [test "$zp_sanitize" != no])
  AC_SUBST([ZP_LDFLAGS])
])
# ZP_COVERAGE: --enable-coverage; counted by atomic additions, or threads that add at once lose counts or make them negative
AC_DEFUN([ZP_COVERAGE], [
  AC_ARG_ENABLE([coverage], [AS_HELP_STRING([--enable-coverage], [count lines run by make check])],
    [zp_coverage=$enableval], [zp_coverage=no])
  AS_IF([test "$zp_coverage" = yes],
    [ZP_CFLAGS="$ZP_CFLAGS --coverage -fprofile-update=atomic -O0 -DZP_COUNTED" ZP_LDFLAGS="$ZP_LDFLAGS --coverage"])
])
