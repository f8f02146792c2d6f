"""The gallery: photos and X-rays of all cases one may see, and derivatives made of them."""
