# Runs the server given as arguments until it ends, and has it finish (fast shutdown: SIGINT) as
# soon as our standard input closes, which it does when HeyBlue ends in whatever way. The guard
# repeats itself because a signal that comes before the server handles it is lost.
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
(read -r nothing <&3; while kill -INT $server; do sleep 1; done) 2>/dev/null &
guard=$!
exec 3<&-
trap : HUP INT TERM
while kill -0 $server 2>/dev/null; do
  wait $server
  status=$?
done
kill $guard 2>/dev/null
exit $status
