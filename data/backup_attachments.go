package data

func countCarried(string) int { return 0 }
